import torch

x = torch.tensor(-2.0, dtype=torch.float64, requires_grad=True)
y = torch.tensor(5.0, dtype=torch.float64, requires_grad=True)
z = torch.tensor(-4.0, dtype=torch.float64, requires_grad=True)

q = x + y
f = q * z

for variable in [q, f]:
    variable.retain_grad()

f.backward()

print("f =", f.data)
print("x.grad =", x.grad)
print("y.grad =", y.grad)
print("z.grad =", z.grad)
