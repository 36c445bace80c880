import torch

x = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)
y = torch.tensor(-4.0, dtype=torch.float64, requires_grad=True)
z = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
w = torch.tensor(-1.0, dtype=torch.float64, requires_grad=True)

p = x * y
m = torch.maximum(z, w)
s = p + m
k = torch.tensor(2.0, dtype=torch.float64)
f = s * k

for variable in [p, m, s, f]:
    variable.retain_grad()

f.backward()

print("f =", f.data)
print("x.grad =", x.grad)
print("y.grad =", y.grad)
print("z.grad =", z.grad)
print("w.grad =", w.grad)
