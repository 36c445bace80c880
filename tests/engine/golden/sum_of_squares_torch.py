import torch

x = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
y = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)

a = x ** 2
b = y ** 2
z = a + b

for variable in [a, b, z]:
    variable.retain_grad()

z.backward()

print("z =", z.data)
print("x.grad =", x.grad)
print("y.grad =", y.grad)
