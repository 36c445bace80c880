import torch

x = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)

a = x ** 2
b = torch.exp(a)
y = b ** 2

for variable in [a, b, y]:
    variable.retain_grad()

y.backward()

print("y =", y.data)
print("x.grad =", x.grad)
